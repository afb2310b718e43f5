import { attack } from '../../tests/attacker.ts';
import { figure, type Figure } from '../talk/figures.ts';
import { ofItsOwn } from './own-database.ts';

/**
 * 1,000 cafés under the Chatham House rule (8 people, 2 tables, 2 rounds, 12 notes each), from the first registration over doors, seatings, hosts, phones that come
 * late, photos and opinions to the end of the harvest; then somebody with all rows of all tables, their order on the disk, ids, times, mails, the record of acts
 * and the engine that seats people says who wrote each note, in the way that was best on the first half. How far the share of right answers is from one
 * in eight, in half widths of the 99 % interval.
 */
export async function chatham(): Promise<Figure[]> {
	const cafes = process.argv.includes('--short') ? 60 : 1000;
	const began = performance.now();
	return ofItsOwn(async (database) => {
		// nothing here is to outlive a power cut, and a thousand cafés commit a quarter of a million times
		await database.query('alter system set synchronous_commit = off');
		await database.query('select pg_reload_conf()');
		const { rate, chance, most, way, notes, ways } = await attack(database, cafes, 1);
		const seconds = Math.round((performance.now() - began) / 1000);
		return [
			figure(
				{
					...{ baseline: chance, bench: 'chatham-attacker', unit: 'half widths of the 99 % interval away from chance' },
					...{ value: Math.abs(rate - chance) / (most - chance), must: '≤ 1' }
				},
				{
					each: [
						`${(100 * rate).toFixed(2)} % of ${notes} notes right, by ${way}, of ${ways} ways; chance: ${100 * chance} % ± ${(100 * (most - chance)).toFixed(2)}; ${cafes} cafés in ${seconds} s`
					]
				}
			)
		];
	});
}
