/*
 * How much an idea is worth being asked about next: coverage × uncertainty × exploration. Each factor lies above 0, so that no idea is ever
 * out of the question, and rests on what everybody may know: published cells for groups, totals for all people. Whoever draws a
 * thousand times and counts learns no more than the page of agreement tells; while opinions are blind all weights are 1 (see ideas-by-weight.ts).
 */

/** From so many people on a group counts as heard, and its cell is published (cells.ts). */
const heard = 5;

/**
 * What the group has not said yet: 1 where it was not heard, a half at five people, a fifth at twenty. It never reaches 0: a large group goes
 * on being asked, a small one is asked first about what it has not judged.
 * @param people of the group (of the weakest group, for who states none) who judged the idea, as published
 */
export function coverage(people: number): number {
	return heard / (heard + people);
}

/**
 * How wide open it is what people think: the standard deviation of the share that agrees (Beta with Jeffreys' prior, as on the page of
 * agreement), relative to that of an idea that nobody judged. An even split keeps its weight longer than what all agree to.
 * @param agree of the people; passes count as not agreeing
 */
export function uncertainty(agree: number, people: number): number {
	const [yes, no] = [agree + 0.5, people - agree + 0.5];
	const all = yes + no;
	return Math.sqrt((yes * no) / (all * all * (all + 1)) / varianceOfPrior);
}

// of Beta(½, ½)
const varianceOfPrior = 1 / 8;

/**
 * A new idea is worth eight times one that is long known, and half of that excess is gone with every eight people who judge it: as many as
 * make a first figure, and with the other factors it has about caught up by then. Without it an idea of the last day would wait
 * behind all that were only half judged.
 */
export function exploration(people: number): number {
	return 1 + excessOfNew * 2 ** (-people / halved);
}

const excessOfNew = 7;
const halved = 8;
