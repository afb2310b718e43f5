// follows a draft while it is made; without script the page says how far it is each time it is loaded
export const csr = true;
