// passkeys need script; a code does not
export const csr = true;
