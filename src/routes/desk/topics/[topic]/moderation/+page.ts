// the keys; everything else works without
export const csr = true;
