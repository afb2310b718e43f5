// words are selected with the mouse, and what others draw meanwhile appears; without script sentences are ticked
export const csr = true;
