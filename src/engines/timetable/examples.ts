import { usualWeights, type Room, type Session, type Slot, type TimetableInput } from './input.ts';

interface ProgrammeWishes extends Partial<Omit<TimetableInput, 'slots' | 'rooms' | 'sessions' | 'people' | 'weights'>> {
	/** by day: how many slots; an hour each, from nine, without breaks. Or slots as they are */
	readonly slots?: readonly number[] | readonly Slot[];
	readonly minutes?: number;
	readonly rooms?: readonly (Partial<Room> & { readonly id: string })[];
	readonly sessions?: readonly (Partial<Session> & { readonly id: string })[];
	/** by person: the slots in which they cannot come */
	readonly away?: Readonly<Record<string, readonly number[]>>;
	readonly weights?: Partial<TimetableInput['weights']>;
}

/** A programme in which nothing is asked for but what is said. */
export function aProgramme(wishes: ProgrammeWishes = {}): TimetableInput {
	const { slots = [3], minutes = 60, rooms = [{ id: 'hall' }], sessions = [], away = {} } = wishes;
	return {
		slots: slots.flatMap((given, day): readonly Slot[] =>
			typeof given === 'number'
				? Array.from({ length: given }, (_, hour) => ({ day, start: 540 + hour * minutes, minutes }))
				: [given]
		),
		rooms: rooms.map((room) => ({ seats: null, features: [], away: [], ...room })),
		sessions: sessions.map((session) => ({
			...{ minutes, audience: 0, theme: null, plenary: false, pin: null },
			...{ people: [], labels: [], needs: [], wishes: [], feeds: [] },
			...session
		})),
		people: Object.entries(away).map(([id, slots]) => ({ id, away: slots })),
		...{ atOnce: wishes.atOnce ?? {}, released: wishes.released ?? null },
		weights: { ...usualWeights, ...wishes.weights }
	};
}
