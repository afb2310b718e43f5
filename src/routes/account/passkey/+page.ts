// a passkey is made by the browser's own script interface
export const csr = true;
