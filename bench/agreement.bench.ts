import { compatible } from './agreement/compatible.ts';
import { fromDatabase } from './agreement/database.ts';
import { large } from './agreement/large.ts';
import { live } from './agreement/live.ts';
import { nextIdea } from './agreement/next-idea.ts';
import { oneMoreOpinion } from './agreement/one-more-opinion.ts';
import { firstSecond } from './talk/first-second.ts';
import { opinionsHttp } from './talk/opinions-http.ts';
import { samePoints } from './agreement/same-points.ts';
import { similar } from './agreement/similar.ts';
import { themes } from './agreement/themes.ts';
import { measureChosen, type Subjects } from './measuring.ts';

/** Every figure that was promised of agreement, by its id; a word of the command line chooses some. */
const subjects: Subjects = {
	compatible,
	'next-idea': async () => [...(await nextIdea(5_000)), ...(await nextIdea(100_000))],
	'opinions-http-next': () => opinionsHttp({ bench: 'opinions-http-next', must: '≥ 0.7', follows: true }),
	'first-second-routed': () => firstSecond('first-second-routed'),
	'one-more-opinion': oneMoreOpinion,
	'engine-20m-database': fromDatabase,
	large,
	live,
	'same-points': samePoints,
	similar,
	themes
};

await measureChosen(subjects);
