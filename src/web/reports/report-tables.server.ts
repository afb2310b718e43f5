import { notStated, peopleIn, type Tally } from '#agreement/cells.ts';
import type { MostActive, Overall, Stances, Voice } from '#agreement/figures.ts';
import type { Say } from '#languages/speaking.ts';
import type { Institution } from '#topics/institution/institution.server.ts';
import { channelKey } from '#web/talk/channels.ts';
import { groupName } from '#web/talk/group-names.server.ts';

export interface ShownTable {
	readonly columns: readonly string[];
	readonly rows: readonly {
		readonly label: string;
		/** null: withheld */
		readonly cells: readonly (string | null)[];
		/** agree, disagree and pass, or a share of the largest */
		readonly bar: { readonly tally: Tally } | { readonly share: number } | null;
	}[];
	/** said under the table where something is withheld, or cannot be there */
	readonly withheld: string | null;
}

/** How groups, regions, languages … are called in the language of the report. */
export interface Names {
	readonly group: (key: string) => string;
	readonly of: (dimension: string, key: string) => string;
}

export function namesIn(say: Say, institution: Institution): Names {
	const group = (key: string) => groupName(institution, key, say);
	const message = (name: string, otherwise: string) => (say.knows(name) ? say(name) : otherwise);
	return {
		group,
		of(dimension, key) {
			if (key === notStated) return say('groups.not-stated');
			if (dimension === 'group') return group(key);
			if (dimension === 'region') return message(`regions.${key}`, key);
			if (dimension === 'language') return key === 'und' ? say('languages.not-known') : say.languageName(key);
			if (dimension === 'assurance') return message(`assurances.${key.replace('e-mail', 'email')}`, key);
			return say(channelKey(key as Parameters<typeof channelKey>[0]));
		}
	};
}

/** The table that a pointer into the figures means. */
export function shownTable(pointer: string, value: unknown, say: Say, names: Names): ShownTable {
	const [, about, dimension, below] = pointer.split('/');
	if (below === 'stancesByGroup') return stancesTable(value as Record<string, Stances>, say, names);
	if (about === 'overall') return overallTable(value as Overall, say);
	if (about === 'mostActive') return mostActiveTable(value as MostActive, say);
	if (about === 'balance') return balanceTable(dimension ?? '', value as Record<string, Voice | null>, say, names);
	return cellsTable(value as Record<string, Tally>, say, names);
}

function overallTable(overall: Overall, say: Say): ShownTable {
	const shown = [
		'people',
		'countries',
		'languages',
		'ideas',
		'comments',
		'submissions',
		'words',
		'opinions',
		'passages',
		'stances'
	] as const;
	return {
		columns: [say('reports.column-what'), say('reports.column-count')],
		rows: shown.map((key) => ({ label: say(`reports.count-${key}`), cells: [say.number(overall[key])], bar: null })),
		withheld: null
	};
}

function balanceTable(dimension: string, voices: Record<string, Voice | null>, say: Say, names: Names): ShownTable {
	const columns = ['people', 'contributions', 'words', 'ideas', 'opinions', 'stances'] as const;
	const shown = columns.filter((column) => column !== 'opinions' || !['channel', 'language'].includes(dimension));
	const most = Math.max(1, ...Object.values(voices).map((voice) => voice?.words ?? 0));
	const entries = Object.entries(voices).sort(
		([one, voice], [other, than]) => (than?.words ?? -1) - (voice?.words ?? -1) || (one < other ? -1 : 1)
	);
	return {
		columns: [say(`reports.by-${dimension}` as 'reports.by-group'), ...shown.map((column) => say(`reports.count-${column}`))],
		rows: entries.map(([key, voice]) => ({
			label: names.of(dimension, key),
			cells: shown.map((column) => (voice === null ? null : say.number(voice[column] ?? 0))),
			bar: voice === null ? null : { share: voice.words / most }
		})),
		withheld: entries.some(([, voice]) => voice === null)
			? say('reports.withheld')
			: shown.length < columns.length
				? say('reports.opinions-elsewhere')
				: null
	};
}

function mostActiveTable(most: MostActive, say: Say): ShownTable {
	const columns = ['contributions', 'words', 'opinions'] as const;
	return {
		columns: [say('reports.column-who'), ...columns.map((column) => say(`reports.count-${column}`))],
		rows: (['author', 'organisation'] as const).map((who) => ({
			label: say(`reports.most-${who}`),
			cells: columns.map((column) => {
				const share = most[who][column];
				return share === null ? null : say.percent(share, { decimals: 1 });
			}),
			bar: null
		})),
		withheld: null
	};
}

function stancesTable(byGroup: Record<string, Stances>, say: Say, names: Names): ShownTable {
	const stances = ['raises', 'supports', 'opposes'] as const;
	const texts = (counts: Stances) => stances.reduce((sum, stance) => sum + counts[stance], 0);
	const entries = Object.entries(byGroup).sort(
		([one, counts], [other, than]) => texts(than) - texts(counts) || (one < other ? -1 : 1)
	);
	return {
		columns: [say('reports.by-group'), ...stances.map((stance) => say(`reports.texts-${stance}`))],
		rows: entries.map(([key, counts]) => ({
			label: names.of('group', key),
			cells: stances.map((stance) => say.number(counts[stance])),
			bar: null
		})),
		withheld: null
	};
}

function cellsTable(cells: Record<string, Tally>, say: Say, names: Names): ShownTable {
	const entries = Object.entries(cells).sort(
		([one, tally], [other, than]) => than.agree / peopleIn(than) - tally.agree / peopleIn(tally) || (one < other ? -1 : 1)
	);
	return {
		columns: [
			say('reports.by-group'),
			...(['agree', 'disagree', 'pass', 'people'] as const).map((column) => say(`reports.count-${column}`))
		],
		rows: entries.map(([key, tally]) => ({
			label: names.group(key) === key ? names.of('group', key) : names.group(key),
			cells: [tally.agree, tally.disagree, tally.pass, peopleIn(tally)].map((count) => say.number(count)),
			bar: { tally }
		})),
		withheld: say('reports.withheld')
	};
}
