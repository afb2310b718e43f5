// passkeys need script; the rest of the page does not
export const csr = true;
