// counts the characters that are left; everything else works without
export const csr = true;
