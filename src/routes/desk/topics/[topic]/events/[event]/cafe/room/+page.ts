// tables are dragged, or moved with the arrow keys; without script they are chosen by a link and moved by a form
export const csr = true;
