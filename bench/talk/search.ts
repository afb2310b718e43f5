import { figure, quantile, rounded, type Figure } from './figures.ts';
import { aLargeTopic } from './large-topic.ts';
import { openGround, ship } from './shipped.ts';
import { vocabulary, type BenchLanguage } from './vocabulary.ts';

const each = 40;

/** The list of 100,000 ideas searched for one and for two words in six languages, one reader at a time, over HTTP and past the cache. */
export async function search(): Promise<Figure[]> {
	const ground = await openGround();
	try {
		const { slug } = await aLargeTopic(ground.database, { ideas: 100_000, people: 1_000, opinions: 20_000, comments: 0 });
		const shipped = await ship(ground);
		try {
			const took: Record<string, number[]> = {};
			for (let round = -5; round < each; round++) {
				for (const language of Object.keys(vocabulary) as BenchLanguage[]) {
					const words = vocabulary[language];
					const word = (step: number) => words[(Math.max(0, round) * 7 + step * 3) % words.length]!;
					const query = round % 2 === 0 ? word(1) : `${word(1)} ${word(2)}`;
					const began = performance.now();
					const answer = await fetch(
						`http://localhost:${shipped.port}/topics/${slug}/ideas?search=${encodeURIComponent(query)}&after=${round}${language}`
					);
					const text = await answer.text();
					if (answer.status !== 200) throw new Error(`the search for ${query} was answered with ${answer.status}`);
					if (!text.includes('/ideas/')) throw new Error(`nothing was found for ${query}`);
					if (round >= 0) (took[language] ??= []).push(performance.now() - began);
				}
			}
			const all = Object.values(took).flat();
			const byLanguage = Object.fromEntries(
				Object.entries(took).map(([language, times]) => [language, rounded(quantile(times, 0.95))])
			);
			return [
				figure(
					{ bench: 'search', value: quantile(all, 0.95), unit: 'ms, p95', baseline: null, must: '≤ 60' },
					{ p50: rounded(quantile(all, 0.5)), queries: all.length, byLanguage }
				)
			];
		} finally {
			await shipped.stop();
		}
	} finally {
		await ground.close();
	}
}
