import { figure, quantile, rounded, type Figure } from '../talk/figures.ts';
import { aLargeTopic } from '../talk/large-topic.ts';
import { openGround, ship } from '../talk/shipped.ts';
import { vocabulary, type BenchLanguage } from '../talk/vocabulary.ts';

const each = 40;

/**
 * Similar ideas among 100,000 while somebody types, one request for each word typed, over HTTP. The texts are put together from forty words a language, so that
 * each word stands in a large part of them: worse than people write.
 */
export async function similar(): Promise<Figure[]> {
	const ground = await openGround();
	try {
		const { slug } = await aLargeTopic(ground.database, { ideas: 100_000, people: 1_000, opinions: 20_000, comments: 0 });
		const shipped = await ship(ground);
		try {
			const asked = async (words: string) => {
				const began = performance.now();
				const answer = await fetch(
					`http://localhost:${shipped.port}/topics/${slug}/ideas/new/similar?q=${encodeURIComponent(words)}`
				);
				const found = (await answer.json()) as unknown[];
				if (answer.status !== 200) throw new Error(`${words} was answered with ${answer.status}`);
				return { took: performance.now() - began, found: found.length };
			};
			// opening the page begins to read the topic
			const opened = performance.now();
			await fetch(`http://localhost:${shipped.port}/topics/${slug}/ideas/new`);
			const first = await asked('governments publish data');
			let before = -1;
			for (let found = first.found; found !== before || found < 5; found = (await asked('governments publish data')).found)
				before = found;
			const ready = performance.now() - opened;
			const took: number[] = [];
			for (let round = 0; round < each; round++) {
				for (const language of Object.keys(vocabulary) as BenchLanguage[]) {
					const words = vocabulary[language];
					const typed = Array.from({ length: 1 + (round % 10) }, (_, step) => words[(round * 7 + step * 3) % words.length]!);
					took.push((await asked(typed.join(language === 'zh' ? '' : ' '))).took);
				}
			}
			return [
				figure(
					{ bench: 'similar', value: quantile(took, 0.95), unit: 'ms, p95', baseline: null, must: '≤ 100' },
					{
						p50: rounded(quantile(took, 0.5)),
						most: rounded(Math.max(...took)),
						queries: took.length,
						first: rounded(first.took),
						ready: rounded(ready)
					}
				)
			];
		} finally {
			await shipped.stop();
		}
	} finally {
		await ground.close();
	}
}
