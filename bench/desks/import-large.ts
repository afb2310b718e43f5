import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded, type Seeded } from '../../examples/seeded.ts';
import { figure, rounded, type Figure } from '../talk/figures.ts';
import { openGround } from '../talk/shipped.ts';
import { vocabulary, type BenchLanguage } from '../talk/vocabulary.ts';
import { slopeOfSecondHalf, startHalfEnd, weighedAlong } from './weighing-along.ts';

const sectors = ['Government', 'Private Sector', 'Civil Society', 'Academia', 'Technical Community', 'Other'];
const regions = ['Kenya', 'Brazil', 'France', 'Japan', 'Global', 'Sénégal', 'Europe'];
const languages = Object.keys(vocabulary) as BenchLanguage[];
/** Of a submission 10 kB are read, and 30 kB are held while it is stored: who kept them would gain 10 to 40 MiB with each thousand. */
const mostKept = 2;

/** `--short`: a tenth, to see that it works; `--third`: three of ten. */
const howMany = process.argv.includes('--short') ? 1_000 : process.argv.includes('--third') ? 3_000 : 10_000;

/**
 * 10,000 submissions in six languages, every third with an attached document, from a folder into an empty topic by `open-talks import submissions`; and
 * how much that process keeps of them: its size after what nobody needs has been thrown away, in a straight line through the second half of the import.
 */
export async function importLarge(): Promise<Figure[]> {
	const folder = await mkdtemp(join(tmpdir(), 'open-talks-bench-import-'));
	const ground = await openGround();
	try {
		const { files, bytes } = await write(folder);
		const words = ['import', 'submissions', folder, '--topic', 'large'];
		const { weights, said, minutes } = await weighedAlong(words, ground.settings.data, howMany);
		const report = JSON.parse(said) as { added: number; errors: unknown[] };
		const { rows } = await ground.database.query<{ count: number }>('select count(*)::int as count from submissions');
		if (report.added !== howMany || rows[0]!.count !== howMany) throw new Error(`${report.added} of ${howMany} were added`);
		if (weights.filter(({ done }) => done >= howMany / 2).length < 10) throw new Error(`weighed ${weights.length} times only`);
		const must = `≤ ${mostKept}`;
		return [
			figure(
				{ bench: 'import-large', value: minutes, unit: `minutes for ${howMany} submissions`, baseline: null, must: '≤ 20' },
				{ files, megabytes: rounded(bytes / 1e6), aSecond: rounded(howMany / minutes / 60), errors: report.errors.length }
			),
			figure(
				{
					bench: 'import-large-slope',
					value: slopeOfSecondHalf(weights, howMany, 'resident'),
					unit: 'MiB a 1,000 submissions, second half',
					baseline: null,
					must
				},
				{
					...{ samples: weights.length, alive: rounded(slopeOfSecondHalf(weights, howMany, 'alive')) },
					...startHalfEnd(weights, howMany),
					top: rounded(Math.max(...weights.map(({ resident }) => resident)))
				}
			)
		];
	} finally {
		await ground.close();
		await rm(folder, { recursive: true, force: true });
	}
}

/** The files of the same seed are the same everywhere. */
async function write(folder: string): Promise<{ files: number; bytes: number }> {
	const random = seeded(2014);
	let [files, bytes] = [0, 0];
	const put = async (name: string, text: string) => {
		await writeFile(join(folder, name), text);
		files += 1;
		bytes += Buffer.byteLength(text);
	};
	await mkdir(folder, { recursive: true });
	for (let index = 0; index < howMany; index++) {
		const number = String(index + 1).padStart(5, '0');
		const language = languages[index % languages.length]!;
		const isAttached = index % 3 === 0;
		await put(`${number}A.txt`, form(random, index, language, isAttached));
		if (isAttached) await put(`${number}B.txt`, paragraphs(random, language, 6 + random.below(14)));
	}
	return { files, bytes };
}

function form(random: Seeded, index: number, language: BenchLanguage, isAttached: boolean): string {
	return [
		`${sentence(random, language, 8)} (${index + 1})`,
		`Area: ${random.pick(['Set of principles', 'Roadmap', 'Combined'])}`,
		`Entitled by: Person ${index % 4_000}`,
		`Region: ${random.pick(regions)}`,
		`Organization: Organisation ${index % 900}`,
		`Sector: ${random.pick(sectors)}`,
		`Keywords: ${random.pick(vocabulary[language])}, ${random.pick(vocabulary[language])}`,
		...(isAttached ? ['Doc Attached: Click here to see the doc 1'] : []),
		'Abstract',
		sentence(random, language, 40),
		'Document',
		paragraphs(random, language, 4 + random.below(12))
	].join('\n');
}

function paragraphs(random: Seeded, language: BenchLanguage, count: number): string {
	return Array.from({ length: count }, () =>
		Array.from({ length: 4 }, () => `${sentence(random, language, 14)}.`).join(' ')
	).join('\n\n');
}

function sentence(random: Seeded, language: BenchLanguage, words: number): string {
	return Array.from({ length: words }, () => random.pick(vocabulary[language])).join(language === 'zh' ? '' : ' ');
}
