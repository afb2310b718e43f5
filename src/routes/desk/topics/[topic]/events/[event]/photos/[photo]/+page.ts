// the picture stays where it is while cards are typed
export const csr = true;
