// the keys j, k, a and h; everything else works without
export const csr = true;
