// The colours of a culture while they are chosen: a verdict for every pair that meets, a shade that
// could be read, and the faces of the product beside it in the colours as they are now. What is
// mixed and what must be how far apart is the server's list; nothing of it is written here twice.
interface Table {
  mixes: [string, string, string, number][];
  pairs: [string, string, number][];
  steps: number;
  darken: string;
  lighten: string;
}
type Colours = Record<string, string>;
type Rgb = [number, number, number];

const HEX = /^#[0-9a-f]{6}$/i;

function channels(colour: string): Rgb {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)) as Rgb;
}

/** To the nearest whole number, halves to the even one, as the server rounds. */
function whole(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 ? floor + 1 : floor;
}

function mix(colour: string, other: string, share: number): string {
  const over = channels(other);
  const mixed = channels(colour).map((one, at) => whole(one * share + over[at] * (1 - share)));
  return "#" + mixed.map((one) => one.toString(16).padStart(2, "0")).join("");
}

function luminance(colour: string): number {
  const [red, green, blue] = channels(colour).map((one) => {
    const part = one / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function mixed(own: Colours, table: Table): Colours {
  const all = { ...own };
  for (const [name, front, back, share] of table.mixes) all[name] = mix(own[front], own[back] ?? back, share);
  return all;
}

function passing(own: Colours, table: Table): boolean[] {
  const all = mixed(own, table);
  return table.pairs.map(([front, back, least]) => contrast(all[front], all[back]) >= least);
}

/** The nearest shade with which a colour can be read, without making any other pair unreadable. */
function better(own: Colours, name: string, table: Table): [string, string] | null {
  const before = passing(own, table);
  const asked = table.pairs.map(([front], at) => before[at] || front === name);
  if (table.pairs.every(([front], at) => front !== name || before[at])) return null;
  for (let step = 1; step <= table.steps; step++) {
    for (const [word, end] of [[table.darken, "#000000"], [table.lighten, "#ffffff"]]) {
      const colour = mix(own[name], end, 1 - step / table.steps);
      const after = passing({ ...own, [name]: colour }, table);
      if (after.every((good, at) => good || !asked[at])) return [word.replace("%(colour)s", colour), colour];
    }
  }
  return null;
}

class Palette {
  private readonly table: Table;
  private readonly fields: HTMLElement[];
  private readonly saved: Colours;
  private waiting = 0;

  constructor(private readonly root: HTMLElement) {
    this.table = JSON.parse(root.dataset.table ?? "{}") as Table;
    this.fields = Array.from(root.querySelectorAll<HTMLElement>("[data-colour]"));
    this.saved = this.colours();
    this.fields.forEach((field) => this.wire(field));
    const reset = root.querySelector<HTMLElement>("[data-reset]");
    if (reset) reset.hidden = false;
    root.querySelector("form")?.addEventListener("reset", () => setTimeout(() => this.typed()));
    document.querySelectorAll<HTMLElement>("[data-live-note]").forEach((note) => (note.hidden = false));
    this.frames().forEach((frame) => frame.addEventListener("load", () => this.paint(frame)));
    // While something is dragged no row may jump; let go, what is too weak stands first.
    root.addEventListener("change", () => setTimeout(() => this.sort()));
    this.typed();
  }

  private frames(): HTMLIFrameElement[] {
    return Array.from(document.querySelectorAll<HTMLIFrameElement>("iframe[data-face]"));
  }

  private wire(field: HTMLElement): void {
    const pick = field.querySelector<HTMLInputElement>("[data-pick]");
    const hex = field.querySelector<HTMLInputElement>("[data-hex]");
    const button = field.querySelector<HTMLButtonElement>("[data-better]");
    if (!pick || !hex || !button) return;
    pick.hidden = false;
    field.querySelector("[data-swatch]")?.remove();
    pick.addEventListener("input", () => {
      hex.value = pick.value;
      this.soon();
    });
    hex.addEventListener("input", () => this.soon());
    button.addEventListener("click", (event) => {
      event.preventDefault();
      hex.value = button.value.split(":")[2] ?? hex.value;
      this.typed();
      hex.focus();
    });
  }

  /** While a colour is dragged there is more to say than can be shown: once a frame is enough. */
  private soon(): void {
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.typed());
  }

  /** The colours as they are typed; what is no colour yet stays as it was saved. */
  private colours(): Colours {
    const own: Colours = {};
    for (const field of this.fields) {
      const name = field.dataset.colour ?? "";
      const typed = field.querySelector<HTMLInputElement>("[data-hex]")?.value.trim() ?? "";
      own[name] = HEX.test(typed) ? typed.toLowerCase() : (this.saved?.[name] ?? "#000000");
    }
    return own;
  }

  private typed(): void {
    const own = this.colours();
    const all = mixed(own, this.table);
    this.judge(all);
    this.fields.forEach((field) => this.suggest(field, own));
    this.frames().forEach((frame) => this.paint(frame));
  }

  private judge(all: Colours): void {
    let weak = 0;
    for (const [front, back, least] of this.table.pairs) {
      const found = contrast(all[front], all[back]);
      if (found < least) weak++;
      const row = this.root.querySelector<HTMLElement>(`[data-pair="${front} ${back}"]`);
      if (row) show(row, all[front], all[back], found, least);
    }
    const [ok, bad, count] = ["ok", "weak", "count"].map((key) => this.root.querySelector<HTMLElement>(`[data-sum-${key}]`));
    if (ok) ok.hidden = weak > 0;
    if (bad) bad.hidden = weak === 0;
    if (count && count.textContent !== String(weak)) count.textContent = String(weak);
  }

  private sort(): void {
    const rows = Array.from(this.root.querySelectorAll<HTMLElement>("[data-pair]"));
    const weak = rows.filter((row) => row.querySelector<HTMLElement>("[data-ok]")?.hidden);
    weak.reverse().forEach((row) => row.parentElement?.prepend(row));
  }

  private suggest(field: HTMLElement, own: Colours): void {
    const name = field.dataset.colour ?? "";
    const pick = field.querySelector<HTMLInputElement>("[data-pick]");
    const button = field.querySelector<HTMLButtonElement>("[data-better]");
    if (pick) pick.value = own[name];
    if (!button) return;
    const found = better(own, name, this.table);
    button.hidden = !found;
    if (!found) return;
    button.textContent = found[0];
    button.value = `take:${name.replace("-", "_")}:${found[1]}`;
  }

  /** A face in the colours as they are now; its backgrounds hold colours written out. */
  private paint(frame: HTMLIFrameElement): void {
    const page = frame.contentDocument?.documentElement;
    if (!page || !frame.contentWindow) return;
    const [before, now] = [mixed(this.saved, this.table), mixed(this.colours(), this.table)];
    const turned = new Map(Object.keys(now).map((name) => [before[name].toLowerCase(), now[name]]));
    for (const name of Object.keys(now)) page.style.setProperty(`--${name}`, now[name]);
    for (const name of ["band", "corner", "empty"]) {
      page.style.removeProperty(`--motif-${name}`);
      const drawn = frame.contentWindow.getComputedStyle(page).getPropertyValue(`--motif-${name}`);
      const painted = drawn.replace(/%23([0-9a-f]{6})/gi, (whole, hex: string) => {
        const colour = turned.get(`#${hex.toLowerCase()}`);
        return colour ? `%23${colour.slice(1)}` : whole;
      });
      page.style.setProperty(`--motif-${name}`, painted);
    }
  }
}

function show(row: HTMLElement, front: string, back: string, found: number, least: number): void {
  row.querySelector("[data-back]")?.setAttribute("fill", back);
  row.querySelector("[data-front]")?.setAttribute("fill", front);
  const [number, ok, weak] = ["found", "ok", "weak"].map((key) => row.querySelector<HTMLElement>(`[data-${key}]`));
  if (number) number.textContent = (Math.floor(found * 100) / 100).toFixed(2);
  if (ok) ok.hidden = found < least;
  if (weak) weak.hidden = found >= least;
}

/** Only the parts of a date that its kind asks for. */
function dates(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>(".culture-rule").forEach((rule) => {
    const kind = rule.querySelector<HTMLSelectElement>("select");
    if (!kind) return;
    const tell = () =>
      rule.querySelectorAll<HTMLElement>("[data-rule]").forEach((part) => {
        part.hidden = !(part.dataset.rule ?? "").split(" ").includes(kind.value);
      });
    kind.addEventListener("change", tell);
    tell();
  });
}

export function palette(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>("[data-palette]").forEach((one) => new Palette(one));
  dates(root);
}
