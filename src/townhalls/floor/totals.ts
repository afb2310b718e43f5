import { isInBooks, type Asked, type Channel, type Floor, channels, noGroup } from '#townhalls/floor/floor.ts';

/**
 * What everybody may know of who spoke how long. A channel is not an attribute of a person: everybody hears whether a voice comes from the
 * room. A group is: its time is told from five people on, and renewed when five more of it have spoken, always together with
 * the others after a whole round of speeches, so that no two editions tell how long one person spoke, or of which group they were. Where
 * exactly one group with time would be left out, the next smallest is left out too: it would be the rest.
 */
export interface FloorTotals {
	/** s of speech by channel, points of order left out */
	readonly channels: Readonly<Record<Channel, number>>;
	/** s by group, of those that may be told, in no order */
	readonly groups: Readonly<Record<string, number>>;
	/** speeches that are over */
	readonly speeches: number;
	/** s of points of order */
	readonly pointsOfOrder: number;
}

export const fewestPeople = 5;
/** Speeches after which the times of groups are looked at anew. */
const round = 10;

export function totalsOf({ asked, turns }: Pick<Floor, 'asked' | 'turns'>, isOver = false): FloorTotals {
	const byNumber = new Map(asked.map((one) => [one.number, one]));
	const over = turns
		.filter(({ endedAt }) => endedAt !== null)
		.map((turn) => ({ asked: byNumber.get(turn.asked)!, at: turn.beganAt, seconds: (turn.endedAt! - turn.beganAt) / 1000 }))
		.sort((one, other) => one.at - other.at || one.asked.number - other.asked.number);
	const speeches = over.filter((turn) => isInBooks(turn.asked.kind));
	const ofChannels = { room: 0, remote: 0, hub: 0 };
	for (const { asked: who, seconds } of speeches) ofChannels[who.channel] += seconds;
	for (const channel of channels) ofChannels[channel] = Math.round(ofChannels[channel]);
	return {
		channels: ofChannels,
		groups: publishedGroups(speeches, isOver),
		speeches: speeches.length,
		pointsOfOrder: Math.round(over.reduce((sum, turn) => sum + (isInBooks(turn.asked.kind) ? 0 : turn.seconds), 0))
	};
}

interface Speech {
	readonly asked: Asked;
	readonly seconds: number;
}

interface Cell {
	seconds: number;
	people: number;
	/** people of it who first spoke since it was shown */
	fresh: number;
	shown: number | null;
}

/** Played from the first speech on: what is told now depends on what was told before. The end is one more look, by the same rule. */
function publishedGroups(speeches: readonly Speech[], isOver: boolean): Record<string, number> {
	const cells = new Map<string, Cell>();
	speeches.forEach(({ asked, seconds }, index) => {
		const key = asked.group ?? noGroup;
		const cell = cells.get(key) ?? { seconds: 0, people: 0, fresh: 0, shown: null };
		cells.set(key, cell);
		cell.seconds += seconds;
		// somebody's later speeches are not another person
		if (asked.isFirst) {
			cell.people++;
			cell.fresh++;
		}
		if ((index + 1) % round === 0 || (isOver && index === speeches.length - 1)) publish([...cells.values()]);
	});
	return Object.fromEntries(
		[...cells].filter(([, { shown }]) => shown !== null).map(([key, { shown }]) => [key, Math.round(shown!)])
	);
}

function publish(cells: readonly Cell[]): void {
	const changed = cells.filter(({ seconds, shown }) => seconds !== shown);
	const due = changed
		.filter(({ people, fresh }) => people >= fewestPeople && fresh >= fewestPeople)
		.sort((one, other) => one.people - other.people || one.seconds - other.seconds);
	if (changed.length - due.length === 1) due.shift();
	for (const cell of due) {
		cell.shown = cell.seconds;
		cell.fresh = 0;
	}
}
