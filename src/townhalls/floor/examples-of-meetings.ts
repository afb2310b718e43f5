import fc from 'fast-check';
import { ToldFloor } from '#townhalls/floor/examples.ts';
import { channels, proposedNext, type Channel, type Floor } from '#townhalls/floor/floor.ts';

// Meetings of any kind, for what must hold of all of them.

export const groups = ['a', 'b', 'c'];

type Step =
	| {
			readonly does: 'ask';
			readonly channel: Channel;
			readonly group: string | null;
			readonly isFirst: boolean;
			readonly kind: number;
	  }
	| { readonly does: 'leave'; readonly which: number }
	| { readonly does: 'speak'; readonly seconds: number }
	| { readonly does: 'override'; readonly which: number; readonly seconds: number };

interface Meeting {
	readonly channels: Record<Channel, number>;
	readonly groups: Record<string, number>;
	readonly steps: Step[];
}

export const speechSeconds = 120;

/** @param isByRule without overrides and overruns */
export function meetings({ isByRule = false } = {}): fc.Arbitrary<Meeting> {
	const weight = fc.integer({ min: 1, max: 20 });
	const longest = isByRule ? speechSeconds : 200;
	const seconds = fc.oneof(fc.integer({ min: 1, max: longest }), fc.constantFrom(1, speechSeconds));
	const ask = fc.record({
		does: fc.constant('ask' as const),
		channel: fc.constantFrom(...channels),
		group: fc.constantFrom(...groups, null),
		isFirst: fc.boolean(),
		kind: fc.nat(20)
	});
	const speak = fc.record({ does: fc.constant('speak' as const), seconds });
	const leave = fc.record({ does: fc.constant('leave' as const), which: fc.nat() });
	const override = fc.record({ does: fc.constant('override' as const), which: fc.nat(), seconds });
	return fc.record({
		channels: fc.record({ room: weight, remote: weight, hub: weight }),
		groups: fc.dictionary(fc.constantFrom(...groups), weight),
		steps: fc.array(
			fc.oneof(
				{ weight: 5, arbitrary: ask },
				{ weight: 5, arbitrary: speak },
				{ weight: 1, arbitrary: leave },
				...(isByRule ? [] : [{ weight: 1, arbitrary: override }])
			),
			{ maxLength: 80, size: 'max' }
		)
	});
}

/** Plays a meeting by the rule, and looks at it after each speech. */
export function hold(
	{ channels, groups, steps }: Meeting,
	look: (floor: ToldFloor, speech: { readonly seconds: number; readonly isOverride: boolean }) => void = () => {}
) {
	const floor = new ToldFloor({ channels, groups, speechSeconds });
	for (const step of steps) {
		const waiting = waitingIn(floor);
		const pick = (which: number) => waiting[which % waiting.length]?.number;
		if (step.does === 'ask') {
			const kind = step.kind === 0 ? 'point-of-order' : step.kind < 4 && !step.isFirst ? 'follow-up' : 'speak';
			floor.ask(step.channel, { group: step.group, isFirst: step.isFirst, kind });
		} else if (step.does === 'leave') {
			const number = pick(step.which);
			if (number !== undefined) floor.leave(number);
		} else {
			const isOverride = step.does === 'override';
			const number = isOverride ? pick(step.which) : proposedNext(floor, floor.now)?.number;
			if (number === undefined) continue;
			floor.speak(number, step.seconds);
			look(floor, { seconds: step.seconds, isOverride });
		}
	}
	return { floor, now: floor.now };
}

export function waitingIn({ asked, turns }: Floor) {
	const had = new Set(turns.map((turn) => turn.asked));
	return asked.filter(({ number, leftAt }) => leftAt === null && !had.has(number));
}
