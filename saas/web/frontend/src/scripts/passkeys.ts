// Buttons that ask the browser for a passkey and send what it says; where it knows none they are not
// there. What goes over the line is text, what the browser wants are bytes.
type Plain = Record<string, unknown>;

export function passkeys(root: ParentNode): void {
  if (!window.PublicKeyCredential) return;
  root.querySelectorAll<HTMLFormElement>("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      const field = form.elements.namedItem("credential") as HTMLInputElement;
      if (field.value) return;
      event.preventDefault();
      void asked(form, field);
    });
  });
}

async function asked(form: HTMLFormElement, field: HTMLInputElement): Promise<void> {
  const failed = form.querySelector<HTMLElement>("[data-failed]");
  try {
    const publicKey = withBytes(JSON.parse(form.dataset.options ?? "{}") as Plain);
    const made = form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: publicKey as never })
      : await navigator.credentials.get({ publicKey: publicKey as never });
    field.value = JSON.stringify(asText(made as PublicKeyCredential));
    form.submit();
  } catch {
    if (failed) failed.hidden = false; // given up by the person, or the device has none
  }
}

function withBytes(options: Plain): Plain {
  const known = (list: unknown) => ((list ?? []) as Plain[]).map((one) => ({ ...one, id: bytes(one.id) }));
  const user = options.user as Plain | undefined;
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(user ? { user: { ...user, id: bytes(user.id) } } : {}),
    ...(options.allowCredentials ? { allowCredentials: known(options.allowCredentials) } : {}),
    ...(options.excludeCredentials ? { excludeCredentials: known(options.excludeCredentials) } : {}),
  };
}

function asText(made: PublicKeyCredential): Plain {
  const answer = made.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"] as const;
  const response = Object.fromEntries(
    names.filter((name) => answer[name]).map((name) => [name, text(answer[name] as ArrayBuffer)]),
  );
  return { id: made.id, rawId: text(made.rawId), type: made.type, response };
}

function bytes(value: unknown): Uint8Array {
  const plain = String(value).replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(plain), (sign) => sign.charCodeAt(0));
}

function text(value: ArrayBuffer): string {
  const plain = btoa(String.fromCharCode(...new Uint8Array(value)));
  return plain.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
