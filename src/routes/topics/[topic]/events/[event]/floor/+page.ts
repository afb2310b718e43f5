// moves by itself; without script a link loads the newest
export const csr = true;
