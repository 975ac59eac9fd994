// Districts of one address keep what is theirs apart: the prefix of this one, empty where it has a host of its own.
export const prefix = /^\/d\/[^/]+\//.exec(location.pathname)?.[0] ?? "";
export const root = prefix || "/";
