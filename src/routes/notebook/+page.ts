// writes cards without a network; without script a plain form does it
export const csr = true;
