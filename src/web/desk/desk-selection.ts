/** Words that were selected with the mouse, as the form of the desk sends them. */
export interface SelectedWords {
	/** part:version:first-last code point */
	readonly span: string;
	readonly words: string;
}

/**
 * What of the selection lies within the text: between its first and its last piece that are marked with `data-at` (the code point at which
 * they begin). A selection over two parts is cut at the end of the first. Null where nothing of the text is selected.
 */
export function selectedWords(container: Element, selection: Selection | null): SelectedWords | null {
	if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
	const range = selection.getRangeAt(0);
	const touched = [...container.querySelectorAll<HTMLElement>('[data-at]')].filter((piece) => range.intersectsNode(piece));
	const first = touched[0];
	const last = touched.findLast((piece) => piece.dataset.part === first?.dataset.part);
	if (!first || !last) return null;
	const starts =
		Number(first.dataset.at) + (first.contains(range.startContainer) ? pointsBefore(range.startContainer, range.startOffset) : 0);
	const end = last.contains(range.endContainer)
		? pointsBefore(range.endContainer, range.endOffset)
		: [...(last.textContent ?? '')].length;
	const ends = Number(last.dataset.at) + end;
	if (ends <= starts) return null;
	return { span: `${first.dataset.part}:${first.dataset.version}:${starts}-${ends}`, words: selection.toString().trim() };
}

function pointsBefore(node: Node, offset: number): number {
	const text = node.textContent ?? '';
	// an offset in an element counts its children: none or all of the one text within
	return node.nodeType === Node.TEXT_NODE ? [...text.slice(0, offset)].length : offset === 0 ? 0 : [...text].length;
}
