/** Never −0, which JSON would not tell from 0. */
export function rounded(value: number, decimals: number): number {
	return Math.round(value * 10 ** decimals) / 10 ** decimals + 0;
}
