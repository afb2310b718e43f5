/**
 * The programme as a linear model, indexed by time: a variable says that a session begins in a slot, another one in which kind of room. Rooms that
 * are the same to every session are one kind: as sessions are intervals, whoever keeps to their number in each slot can be given rooms.
 *
 * What must hold is a row, what costs is linear; but for what themes cost by their rooms and what feeders cost, which are left out. Costs
 * are never below 0, so that what bounds the model bounds the programme. Without these two, and with all released sessions in rooms that are
 * their own kind, the model with whole numbers is the programme.
 */
import type { Grid } from './grid.ts';
import { roomsFor, startsOf } from './room-plan.ts';

/** What a row of the model says. */
export type Rule =
	| { readonly kind: 'place'; readonly session: number }
	| { readonly kind: 'rooms'; readonly rooms: readonly number[]; readonly slot: number }
	| { readonly kind: 'person'; readonly person: number; readonly slot: number }
	| { readonly kind: 'at-once'; readonly limit: number; readonly slot: number }
	| { readonly kind: 'plenaries'; readonly slot: number }
	| { readonly kind: 'link' | 'theme' | 'balance' };

/** Columns of a sparse matrix, with what is known of columns and rows; as `highs` takes it. */
export interface LinearModel {
	readonly cost: Float64Array;
	readonly upper: Float64Array;
	/** 1 where a column is a decision, and whole */
	readonly isWhole: Int32Array;
	readonly rowLower: Float64Array;
	readonly rowUpper: Float64Array;
	readonly starts: Int32Array;
	readonly indices: Int32Array;
	readonly values: Float64Array;
	readonly rules: readonly Rule[];
}

interface RoomKind {
	readonly rooms: readonly number[];
}

/** @param ofSessions those of which the model is; all others are not there */
export function modelOf(grid: Grid, ofSessions: readonly number[] = [...Array(grid.sessions).keys()]): LinearModel {
	const making = new Making();
	const kinds = kindsOf(grid);
	const cells = rowsOfCells(grid, making, kinds, ofSessions);
	const isSoft = softRows(grid, making, ofSessions);
	for (const session of ofSessions) {
		const place = making.row({ kind: 'place', session }, 1, 1);
		const may = new Set(roomsFor(grid, session));
		const open = kinds.filter(({ rooms }) => may.has(rooms[0]!) || rooms.some((room) => may.has(room)));
		for (const slot of startsOf(grid, session)) {
			const end = slot + grid.span[session * grid.slots + slot]!;
			const fitting = open.filter(({ rooms }) => isOpen(grid, rooms[0]!, slot, end));
			if (fitting.length === 0) continue;
			const begins = making.entriesOf([place, 1]);
			for (let cell = slot; cell < end; cell++) {
				for (const row of cells.ofSession(session, cell)) begins.push(row, 1);
				if (grid.plenary[session])
					for (const [kind, { rooms }] of kinds.entries()) begins.push(cells.ofKind(kind, cell), rooms.length);
			}
			isSoft(session, slot, end, begins);
			const changed =
				grid.releasedSlot[session] === -1 || grid.releasedSlot[session] === slot ? 0 : 2 * grid.input.weights.changed;
			const link = making.row({ kind: 'link' }, 0, 0);
			begins.push(link, -1);
			making.column({ cost: grid.wish[session * grid.slots + slot]! + changed, entries: begins, isWhole: true });
			for (const kind of fitting) {
				const entries = making.entriesOf([link, 1]);
				if (!grid.plenary[session])
					for (let cell = slot; cell < end; cell++) entries.push(cells.ofKind(kinds.indexOf(kind), cell), 1);
				making.column({ cost: roomCost(grid, session, slot, kind), entries, isWhole: true });
			}
		}
	}
	return making.model();
}

function roomCost(grid: Grid, session: number, slot: number, { rooms }: RoomKind): number {
	const { releasedSlot, releasedRoom, overflow, input } = grid;
	const isElsewhere = releasedSlot[session] === slot && !rooms.includes(releasedRoom[session]!);
	return overflow[session * grid.rooms + rooms[0]!]! + (isElsewhere ? input.weights.changed : 0);
}

function isOpen({ shut, slots }: Grid, room: number, slot: number, end: number): boolean {
	for (let cell = slot; cell < end; cell++) if (shut[room * slots + cell] === 1) return false;
	return true;
}

/** Rooms that are the same to every session; one in which something is pinned is a kind of its own. */
function kindsOf({ input, pinRoom }: Grid): RoomKind[] {
	const kinds = new Map<string, number[]>();
	for (const [room, { seats, features, away }] of input.rooms.entries()) {
		const key = pinRoom.includes(room) ? `pin ${room}` : JSON.stringify([seats, [...features].sort(), [...away].sort()]);
		kinds.set(key, [...(kinds.get(key) ?? []), room]);
	}
	return [...kinds.values()].map((rooms) => ({ rooms }));
}

function rowsOfCells(grid: Grid, making: Making, kinds: readonly RoomKind[], ofSessions: readonly number[]) {
	const { slots, peopleOf, limitsOf, limits, plenary } = grid;
	const busy = new Map<number, number>();
	for (const session of ofSessions) for (const person of peopleOf[session]!) busy.set(person, (busy.get(person) ?? 0) + 1);
	const hasPlenaries = ofSessions.some((session) => plenary[session]);
	const rows = new Map<string, number>();
	const lazily = (key: string, rule: Rule, upper: number) => {
		const known = rows.get(key);
		if (known !== undefined) return known;
		const row = making.row(rule, -Infinity, upper);
		rows.set(key, row);
		return row;
	};
	return {
		ofKind: (kind: number, slot: number) => {
			const { rooms } = kinds[kind]!;
			return lazily(`k${kind * slots + slot}`, { kind: 'rooms', rooms, slot }, rooms.length);
		},
		ofSession: (session: number, slot: number) => [
			...[...peopleOf[session]!]
				.filter((person) => busy.get(person)! > 1)
				.map((person) => lazily(`p${person * slots + slot}`, { kind: 'person', person, slot }, 1)),
			...[...limitsOf[session]!].map((limit) =>
				lazily(`l${limit * slots + slot}`, { kind: 'at-once', limit, slot }, limits[limit]!.atOnce)
			),
			...(hasPlenaries && plenary[session] ? [lazily(`s${slot}`, { kind: 'plenaries', slot }, 1)] : [])
		]
	};
}

/** Rows for what costs: themes beside themselves, and labels that a day has too much or too little of. */
function softRows(grid: Grid, making: Making, ofSessions: readonly number[]) {
	const { slots, days, theme, labelsOf, least, most, dayOf, input } = grid;
	const { parallel, themeAtOnce, balance } = input.weights;
	const ofTheme = new Map<number, number>();
	for (const session of ofSessions) ofTheme.set(theme[session]!, (ofTheme.get(theme[session]!) ?? 0) + 1);
	const rows = new Map<string, number>();
	const themeRow = (one: number, slot: number) => {
		const key = `t${one * slots + slot}`;
		if (!rows.has(key)) {
			rows.set(key, making.row({ kind: 'theme' }, -Infinity, themeAtOnce));
			making.column({ cost: parallel, entries: [rows.get(key)!, -1], isWhole: false });
		}
		return rows.get(key)!;
	};
	const labelRow = (label: number, day: number) => {
		const key = `d${label * days + day}`;
		if (!rows.has(key)) {
			const cell = label * days + day;
			rows.set(key, making.row({ kind: 'balance' }, least[cell]!, most[cell]!));
			for (const sign of [1, -1]) making.column({ cost: balance, entries: [rows.get(key)!, sign], isWhole: false });
		}
		return rows.get(key)!;
	};
	for (const session of balance > 0 ? ofSessions : [])
		for (const label of labelsOf[session]!) for (let day = 0; day < days; day++) labelRow(label, day);
	return (session: number, slot: number, end: number, entries: number[]) => {
		const one = theme[session]!;
		if (one !== -1 && parallel > 0 && ofTheme.get(one)! > themeAtOnce)
			for (let cell = slot; cell < end; cell++) entries.push(themeRow(one, cell), 1);
		if (balance > 0) for (const label of labelsOf[session]!) entries.push(labelRow(label, dayOf[slot]!), 1);
	};
}

class Making {
	readonly #rules: Rule[] = [];
	readonly #rowLower: number[] = [];
	readonly #rowUpper: number[] = [];
	readonly #cost: number[] = [];
	readonly #isWhole: number[] = [];
	readonly #starts: number[] = [0];
	readonly #indices: number[] = [];
	readonly #values: number[] = [];

	row(rule: Rule, lower: number, upper: number): number {
		this.#rowLower.push(lower);
		this.#rowUpper.push(upper);
		return this.#rules.push(rule) - 1;
	}

	/** Rows and values by turns. */
	entriesOf(entries: readonly number[]): number[] {
		return [...entries];
	}

	column({ cost, entries, isWhole }: { cost: number; entries: readonly number[]; isWhole: boolean }): void {
		this.#cost.push(cost);
		this.#isWhole.push(Number(isWhole));
		for (let at = 0; at < entries.length; at += 2) {
			this.#indices.push(entries[at]!);
			this.#values.push(entries[at + 1]!);
		}
		this.#starts.push(this.#indices.length);
	}

	model(): LinearModel {
		return {
			cost: Float64Array.from(this.#cost),
			upper: Float64Array.from(this.#isWhole, (whole) => (whole === 1 ? 1 : Infinity)),
			isWhole: Int32Array.from(this.#isWhole),
			rowLower: Float64Array.from(this.#rowLower),
			rowUpper: Float64Array.from(this.#rowUpper),
			starts: Int32Array.from(this.#starts),
			indices: Int32Array.from(this.#indices),
			values: Float64Array.from(this.#values),
			rules: this.#rules
		};
	}
}
