// Districts of one address keep what is theirs apart: the prefix of this one, empty where it has a host of its own.
export const prefix = /^\/d\/[^/]+\//.exec(location.pathname)?.[0] ?? "";
export const root = prefix || "/";

/** Until the tab is closed. Inside another app a browser may refuse to keep anything: then it is forgotten. */
export function note(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Nothing is kept here.
  }
}

/** What was noted, once. */
export function take(key: string): string | null {
  try {
    const found = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return found;
  } catch {
    return null;
  }
}
