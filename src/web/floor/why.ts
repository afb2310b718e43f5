import type { Say } from '#languages/speaking.ts';
import { noGroup, type Proposal } from '#townhalls/floor/floor.ts';
import { clock } from '#web/floor/desk-view.ts';

/** Why somebody is proposed, in words. */
export function whyInWords(
	{ why }: Proposal,
	say: Say,
	groups: readonly { readonly value: string; readonly label: string }[]
): string[] {
	if (why.because === 'point-of-order') return [say('floor.why-order')];
	const from = say(`floor.channel-${why.channel}`);
	const group = groups.find(({ value }) => value === why.group)?.label ?? why.group;
	return [
		why.channelOwed >= 1
			? say('floor.why-owed', { who: from, time: clock(why.channelOwed) })
			: say('floor.why-turn', { who: from }),
		...(why.group === noGroup || why.groupOwed < 1 ? [] : [say('floor.why-owed', { who: group, time: clock(why.groupOwed) })]),
		...(why.behind === 0 ? [] : [say(why.isFirst ? 'floor.why-first-of' : 'floor.why-asked-first', { count: why.behind })])
	];
}
