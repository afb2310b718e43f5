/**
 * What no end of a page may part: a heading and what it heads, a table and the sentence that it leans on. In a container each, since
 * browsers that are told not to break after a heading and before a table do so in the midst of the table.
 */
export function together<Paragraph extends { readonly kind: string }>(paragraphs: readonly Paragraph[]): Paragraph[][] {
	const groups: Paragraph[][] = [];
	for (const paragraph of paragraphs) {
		const before = groups.at(-1)?.at(-1);
		const isHeaded = before?.kind === 'heading';
		const isLeaning = paragraph.kind === 'figures' && before?.kind === 'text';
		if (isHeaded || isLeaning) groups.at(-1)!.push(paragraph);
		else groups.push([paragraph]);
	}
	return groups;
}
