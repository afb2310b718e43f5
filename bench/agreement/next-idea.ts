import { Person } from '#agreement/routing/person.ts';
import { seededRandom } from '#agreement/routing/random.ts';
import { WeighedIdeas } from '#agreement/routing/weighed-ideas.ts';
import { figure, quantile, rounded, type Figure } from '../talk/figures.ts';

const groups = ['academia', 'business', 'civil-society', 'governments', 'intergovernmental', 'technical-community'];
const stated = { reads: ['en', 'fr'], groups: ['governments'] };

/** A draw with the opinion that follows it, which moves the weight of its idea for every group: of somebody new to somebody who judged all but a few. */
export function nextIdea(ideas: number): Promise<Figure[]> {
	const weighed = someIdeas(ideas);
	// each group asks once: all trees are there, and each opinion changes them all
	for (const group of [...groups, '']) weighed.audienceOf(group === '' ? [] : [group]);
	const shares = { new: 0, tenth: 0.1, half: 0.5, most: 0.9, nearlyAll: 0.99 };
	const took = Object.entries(shares).map(([who, share]) => [who, drawsOf(weighed, Math.floor(share * ideas))] as const);
	const worst = Math.max(...took.map(([, { mean }]) => mean));
	const scan = scanning(weighed);
	return Promise.resolve([
		figure(
			{ bench: `next-idea-${ideas}`, value: worst, unit: 'ms a draw, of whoever waits longest', baseline: scan, must: '≤ 0.05' },
			{ baselineIs: 'ms to draw by looking at every idea', ...Object.fromEntries(took) }
		)
	]);
}

function someIdeas(howMany: number): WeighedIdeas {
	const random = seededRandom(42);
	const numbers = Array.from({ length: howMany }, (_, at) => at + 1);
	const ofLanguage = (language: string, from: number, to: number) => {
		const some = numbers.slice(from * howMany, to * howMany);
		return { language, question: null, numbers: some, authors: some.map(() => Math.floor(random() * 50_000)) };
	};
	const ideas = new WeighedIdeas([ofLanguage('ar', 0, 0.1), ofLanguage('en', 0.1, 0.7), ofLanguage('fr', 0.7, 1)]);
	ideas.setBlind(false);
	const people = numbers.map(() => Math.floor(200 * random() ** 3));
	ideas.setCounts({ numbers, agree: people.map((n) => Math.floor(random() * (n + 1))), people });
	for (const group of groups) ideas.setCells(group, { numbers, people: numbers.map(() => Math.floor(40 * random() ** 3)) });
	return ideas;
}

/** Draws and opinions of one person after the other, each of whom judged so many ideas before, in milliseconds. */
function drawsOf(ideas: WeighedIdeas, judged: number) {
	const random = seededRandom(judged);
	const took: number[] = [];
	const each = Math.min(400, ideas.numbers.length - judged - 1);
	const until = performance.now() + 1500;
	let spent = 0;
	for (let people = 0; people < 40 && (people < 3 || performance.now() < until); people++) {
		const before = new Set<number>();
		while (before.size < judged) before.add(1 + Math.floor(random() * ideas.numbers.length));
		const person = new Person(before, 1, stated);
		const cpu = process.cpuUsage();
		for (let draw = 0; draw < each; draw++) {
			const began = performance.now();
			const drawn = person.next(ideas, random);
			if (!drawn) break;
			person.judges(drawn.number);
			ideas.heard(drawn.number, random() < 0.5);
			took.push(performance.now() - began);
		}
		const { user, system } = process.cpuUsage(cpu);
		spent += user + system;
	}
	const mean = took.reduce((sum, one) => sum + one, 0) / took.length;
	return {
		mean: rounded(mean),
		cpu: rounded(spent / 1000 / took.length),
		p99: rounded(quantile(took, 0.99)),
		longest: rounded(Math.max(...took))
	};
}

/** The plain way: all weights are added up until the draw is passed. */
function scanning(ideas: WeighedIdeas): number {
	const random = seededRandom(1);
	const audience = ideas.audienceOf(['governments']);
	const weights = Float64Array.from(ideas.numbers, (_, place) => audience.at(place));
	const judged = new Set(ideas.numbers.subarray(0, 100));
	const draws = 200;
	let found = 0;
	const began = performance.now();
	for (let draw = 0; draw < draws; draw++) {
		let total = 0;
		for (const [place, number] of ideas.numbers.entries()) if (!judged.has(number)) total += weights[place]!;
		let target = random() * total;
		for (const [place, number] of ideas.numbers.entries()) {
			if (judged.has(number)) continue;
			target -= weights[place]!;
			if (target > 0) continue;
			found += number;
			break;
		}
	}
	const took = (performance.now() - began) / draws;
	return found > 0 ? took : Number.NaN;
}
