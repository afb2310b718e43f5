import { attack } from '../../tests/attacker.ts';
import { figure, type Figure } from '../talk/figures.ts';
import { ofItsOwn } from './own-database.ts';

/**
 * 1,000 cafés under the Chatham House rule (8 people, 2 tables, 2 rounds, 12 notes each) to the end of the harvest; then somebody with all rows of all
 * tables, their order on the disk, ids, times and the record of acts says who wrote each note, in the way that was best on the first half. How far the share of right
 * answers is from one in eight, in half widths of the 99 % interval.
 */
export async function chatham(): Promise<Figure[]> {
	const cafes = process.argv.includes('--short') ? 60 : 1000;
	return ofItsOwn(async (database) => {
		const { rate, chance, most, way, notes } = await attack(database, cafes, 1);
		return [
			figure(
				{
					...{ baseline: chance, bench: 'chatham-attacker', unit: 'half widths of the 99 % interval away from chance' },
					...{ value: Math.abs(rate - chance) / (most - chance), must: '≤ 1' }
				},
				{
					each: [
						`${(100 * rate).toFixed(2)} % of ${notes} notes right, by ${way}; chance: ${100 * chance} % ± ${(100 * (most - chance)).toFixed(2)}`
					]
				}
			)
		];
	});
}
