// what is on the screen changes by itself; without script the page is loaded anew now and then
export const csr = true;
