export const directions = ['up', 'down'] as const;
export type Direction = (typeof directions)[number];

/** The same things with one of them a place further up or down; null where it stands at that end already or is not among them. */
export function moved<Thing>(things: readonly Thing[], thing: Thing, direction: Direction): Thing[] | null {
	const from = things.indexOf(thing);
	const to = direction === 'up' ? from - 1 : from + 1;
	if (from === -1 || to < 0 || to >= things.length) return null;
	const order = [...things];
	order.splice(to, 0, ...order.splice(from, 1));
	return order;
}
