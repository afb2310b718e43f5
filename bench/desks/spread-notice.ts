import { readSettings } from '#database/settings.server.ts';
import { openDatabase } from '#database/opening.server.ts';
import { instanceSecret } from '#database/secret.server.ts';
import { spreadNotice } from '#newsroom/notices/spreading.server.ts';
import { newsLinks } from '#newsroom/unsubscribing.server.ts';
import { topicKeys } from '#topics/topic-keys.server.ts';
import { whatWasGiven } from '../talk/shipped.ts';
import { weightAt, type WeightAt } from './weight.ts';

/** A process that queues the mails of a notice and weighs itself after each fortieth of them. */
const { data, topicId, noticeId, people } = await whatWasGiven<Spreading>();
const settings = readSettings({ OPEN_TALKS_DATA: data });
const database = await openDatabase(settings, 'verb', 4);
const secret = await instanceSecret({ folder: data, secret: undefined });
const links = await newsLinks({ data, secret: null });
const weights: WeightAt[] = [];
let mails = 0;
const counting = {
	...links,
	// each mail has its link
	token: (mail: { topicId: string; mailId: string }) => {
		if (++mails % Math.floor(people / 40) === 0) weights.push(weightAt(mails));
		return links.token(mail);
	}
};
const begun = performance.now();
const wishes = { keys: topicKeys({ folder: data, secret }), links: counting, origin: 'https://talks.example.org' };
await spreadNotice(database, { topicId, noticeId }, wishes);
const spread: Spread = { milliseconds: performance.now() - begun, weights };
await database.close();
console.log(JSON.stringify(spread));

export interface Spreading {
	readonly data: string;
	readonly topicId: string;
	readonly noticeId: string;
	readonly people: number;
}

export interface Spread {
	readonly milliseconds: number;
	readonly weights: readonly WeightAt[];
}
