import type { Session, TimetableInput } from './input.ts';

/** The input as columns of numbers: sessions, rooms, slots, days, people, themes, labels and limits by their places. */
export interface Grid {
	readonly input: TimetableInput;
	readonly sessions: number;
	readonly rooms: number;
	readonly slots: number;
	readonly days: number;
	readonly dayOf: Uint16Array;
	/** by session and slot: how many slots it takes if it begins there; where it does not fit, as many as there are */
	readonly span: Uint16Array;
	/** by session and slot: 1 where it does not fit there in time */
	readonly cut: Uint8Array;
	/** by session and slot: how many of its people cannot come if it begins there */
	readonly away: Uint16Array;
	/** by session and slot: what its wishes cost if it begins there */
	readonly wish: Float64Array;
	/** by session and room: how many needs the room does not meet */
	readonly lacks: Uint8Array;
	/** by session and room: what its audience costs there */
	readonly overflow: Float64Array;
	/** by room and slot: 1 where the room is not to be had */
	readonly shut: Uint8Array;
	/** by session: where it is pinned, -1: not */
	readonly pinSlot: Int16Array;
	readonly pinRoom: Int16Array;
	/** by session: where it was when released, -1: nowhere */
	readonly releasedSlot: Int16Array;
	readonly releasedRoom: Int16Array;
	readonly plenary: Uint8Array;
	/** by session, -1: none */
	readonly theme: Int16Array;
	readonly themes: readonly string[];
	readonly people: readonly string[];
	readonly peopleOf: readonly Int32Array[];
	readonly labels: readonly string[];
	readonly labelsOf: readonly Int32Array[];
	/** by label and day: fewest and most sessions that its share of the day comes to */
	readonly least: Int16Array;
	readonly most: Int16Array;
	/** needs of which only so many can run at once */
	readonly limits: readonly { readonly need: string; readonly atOnce: number }[];
	readonly limitsOf: readonly Int32Array[];
	/** by session: those that it feeds, and those that feed it */
	readonly feeds: readonly Int32Array[];
	readonly fedBy: readonly Int32Array[];
	readonly placeOf: ReadonlyMap<string, number>;
	readonly roomPlaceOf: ReadonlyMap<string, number>;
}

export function gridOf(input: TimetableInput): Grid {
	const { slots, rooms, sessions, weights } = input;
	const [themes, people, labels] = [new Places(), new Places(), new Places()];
	const placeOf = new Map(sessions.map(({ id }, place) => [id, place]));
	const roomPlaceOf = new Map(rooms.map(({ id }, place) => [id, place]));
	const limits = Object.entries(input.atOnce).map(([need, atOnce]) => ({ need, atOnce }));
	const theme = Int16Array.from(sessions, (session) => (session.theme === null ? -1 : themes.of(session.theme)));
	const peopleOf = sessions.map((session) => Int32Array.from(new Set(session.people), (id) => people.of(id)));
	const labelsOf = sessions.map((session) => Int32Array.from(new Set(session.labels), (label) => labels.of(label)));
	const shut = new Uint8Array(rooms.length * slots.length);
	rooms.forEach(({ away }, room) => away.forEach((slot) => (shut[room * slots.length + slot] = 1)));
	const feeds = sessions.map((session) => Int32Array.from(new Set(session.feeds), (id) => placeOf.get(id)!));
	const released = new Map(input.released?.map((placed) => [placed.session, placed]));
	const days = slots.at(-1)!.day + 1;
	return {
		input,
		...{ sessions: sessions.length, rooms: rooms.length, slots: slots.length, days },
		dayOf: Uint16Array.from(slots, ({ day }) => day),
		...inTime(input, { people, peopleOf }),
		lacks: bySessionAndRoom(input, Uint8Array, ({ needs }, room) => needs.filter((need) => !room.features.includes(need)).length),
		overflow: bySessionAndRoom(
			input,
			Float64Array,
			({ audience }, { seats }) => Math.max(0, audience - (seats ?? audience)) * weights.overflow
		),
		shut,
		pinSlot: Int16Array.from(sessions, ({ pin }) => pin?.slot ?? -1),
		pinRoom: Int16Array.from(sessions, ({ pin }) => (pin?.room === undefined ? -1 : roomPlaceOf.get(pin.room)!)),
		releasedSlot: Int16Array.from(sessions, ({ id }) => released.get(id)?.slot ?? -1),
		releasedRoom: Int16Array.from(sessions, ({ id }) => (released.has(id) ? roomPlaceOf.get(released.get(id)!.room)! : -1)),
		plenary: Uint8Array.from(sessions, ({ plenary }) => Number(plenary)),
		...{ theme, themes: themes.names, people: people.names, peopleOf, labels: labels.names, labelsOf },
		...sharesOf(input, labelsOf, labels.names.length),
		limits,
		limitsOf: sessions.map(({ needs }) =>
			Int32Array.from([...limits.keys()].filter((limit) => needs.includes(limits[limit]!.need)))
		),
		...{ feeds, fedBy: turned(feeds) },
		...{ placeOf, roomPlaceOf }
	};
}

/** Names in the order in which they are first met. */
class Places {
	readonly names: string[] = [];
	readonly #placeOf = new Map<string, number>();

	of(name: string): number {
		const known = this.#placeOf.get(name);
		if (known !== undefined) return known;
		this.#placeOf.set(name, this.names.length);
		return this.names.push(name) - 1;
	}
}

function bySessionAndRoom<Column extends Uint8Array | Float64Array>(
	{ sessions, rooms }: TimetableInput,
	Kind: new (length: number) => Column,
	value: (session: Session, room: TimetableInput['rooms'][0]) => number
): Column {
	const column = new Kind(sessions.length * rooms.length);
	sessions.forEach((session, place) =>
		rooms.forEach((room, other) => (column[place * rooms.length + other] = value(session, room)))
	);
	return column;
}

function inTime(
	{ slots, sessions, people: known }: TimetableInput,
	{ people, peopleOf }: { people: Places; peopleOf: Int32Array[] }
) {
	const size = sessions.length * slots.length;
	const [span, cut, away, wish] = [new Uint16Array(size), new Uint8Array(size), new Uint16Array(size), new Float64Array(size)];
	const awayOf = new Map(known.map(({ id, away }) => [people.of(id), new Set(away)]));
	sessions.forEach((session, place) => {
		const limited = [...peopleOf[place]!].flatMap((person) => awayOf.get(person) ?? []).filter(({ size }) => size > 0);
		const wishes = session.wishes.map(({ avoid, cost }) => ({ avoid: new Set(avoid), cost }));
		for (let slot = 0; slot < slots.length; slot++) {
			const at = place * slots.length + slot;
			const { count, isWhole } = spanFrom(slots, slot, session.minutes);
			span[at] = count;
			cut[at] = isWhole ? 0 : 1;
			const touches = (set: ReadonlySet<number>) => {
				for (let taken = slot; taken < slot + count; taken++) if (set.has(taken)) return true;
				return false;
			};
			for (const absent of limited) if (touches(absent)) away[at]! += 1;
			for (const { avoid, cost } of wishes) if (touches(avoid)) wish[at]! += cost;
		}
	});
	return { span, cut, away, wish };
}

/** How many slots from this one on a session of so many minutes takes. */
function spanFrom(slots: TimetableInput['slots'], first: number, minutes: number): { count: number; isWhole: boolean } {
	let [count, covered] = [1, slots[first]!.minutes];
	while (covered < minutes) {
		const [last, next] = [slots[first + count - 1]!, slots[first + count]];
		if (next?.day !== last.day || next.start !== last.start + last.minutes) return { count, isWhole: false };
		covered += next.minutes;
		count += 1;
	}
	return { count, isWhole: true };
}

/** As much of a label on each day as the day has of all minutes, rounded down and up. */
function sharesOf({ slots }: TimetableInput, labelsOf: readonly Int32Array[], labels: number) {
	const days = slots.at(-1)!.day + 1;
	const count = new Int32Array(labels);
	for (const some of labelsOf) for (const label of some) count[label]! += 1;
	const minutes = new Float64Array(days);
	for (const slot of slots) minutes[slot.day]! += slot.minutes;
	const all = minutes.reduce((sum, one) => sum + one, 0);
	const share = (at: number) => (count[Math.floor(at / days)]! * minutes[at % days]!) / all;
	return {
		least: Int16Array.from({ length: labels * days }, (_, at) => Math.floor(share(at) + 1e-9)),
		most: Int16Array.from({ length: labels * days }, (_, at) => Math.ceil(share(at) - 1e-9))
	};
}

function turned(feeds: readonly Int32Array[]): Int32Array[] {
	const fedBy: number[][] = feeds.map(() => []);
	feeds.forEach((mains, feeder) => mains.forEach((main) => fedBy[main]!.push(feeder)));
	return fedBy.map((feeders) => Int32Array.from(feeders));
}
