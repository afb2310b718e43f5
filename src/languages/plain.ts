/** Letters and digits, without case and accents: "Société  civile" and "societe civile" are the same. */
export function plain(text: string): string {
	return text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/\p{M}/gu, '')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}
