// asks the document of the API in the browser, and tries its operations there
export const csr = true;
