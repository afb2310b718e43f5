// what is on now comes by itself; without script a link loads it
export const csr = true;
