// keys a, d and p, and the next idea without a page load; everything else works without
export const csr = true;
