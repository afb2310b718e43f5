import { seatEveryone } from '#engines/seating/seating.ts';
import { whatWasGiven } from '../talk/shipped.ts';
import { cafe } from './instances.ts';
import { offBounds } from './seating.ts';

/** A process that has done nothing else seats a thousand people, and tells how good that is, how long it took and how large it was at most. */
const { seed, seconds } = await whatWasGiven<SeatingThousand>();
const input = cafe(
	{
		...{ people: 1000, tables: 100, rounds: 6, hosts: 100, apart: 20, isCorrelated: true },
		kinds: { group: [280, 220, 180, 150, 110, 60], region: [310, 240, 200, 150, 100] }
	},
	seed
);
const begun = performance.now();
const goOn = () => performance.now() - begun < seconds * 980;
const found = seatEveryone(input, { seed, coolings: Infinity }, { goOn });
const seated: SeatedThousand = {
	seconds: (performance.now() - begun) / 1000,
	repeatedMeetings: found.repeatedMeetings,
	off: offBounds(found),
	unmet: found.unmet.apart.length,
	worstPerson: `${found.worstPerson} of ${found.worstPersonBound}`,
	peakMiB: process.resourceUsage().maxRSS / 1024
};
console.log(JSON.stringify(seated));

export interface SeatingThousand {
	readonly seed: number;
	readonly seconds: number;
}

export interface SeatedThousand {
	readonly seconds: number;
	readonly repeatedMeetings: number;
	readonly off: number;
	readonly unmet: number;
	readonly worstPerson: string;
	/** of the whole process */
	readonly peakMiB: number;
}
