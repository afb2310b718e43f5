import { usualRule, type Asked, type Channel, type Floor, type Rule, type Turn } from '#townhalls/floor/floor.ts';

/** A floor that is told step by step, in seconds. */
export class ToldFloor implements Floor {
	rule: Rule;
	readonly earlier: { rule: Rule; until: number }[] = [];
	readonly asked: Asked[] = [];
	readonly turns: Turn[] = [];
	#now = 0;

	constructor(rule: Partial<Rule> = {}) {
		this.rule = { ...usualRule, ...rule };
	}

	/** ms */
	get now(): number {
		return this.#now;
	}

	ask(channel: Channel, asked: Partial<Asked> = {}): number {
		const number = this.asked.length + 1;
		this.asked.push({
			...{ number, channel, group: null, kind: 'speak', isFirst: true, askedAt: this.#now, leftAt: null },
			...asked
		});
		return number;
	}

	/** From now on another rule holds. */
	follow(rule: Partial<Rule>): void {
		this.earlier.push({ rule: this.rule, until: this.#now });
		this.rule = { ...this.rule, ...rule };
	}

	leave(number: number): void {
		this.asked[number - 1] = { ...this.asked[number - 1]!, leftAt: this.#now };
	}

	/** They have the floor for so long. */
	speak(number: number, seconds: number): void {
		const beganAt = this.#now;
		this.#now += seconds * 1000;
		this.turns.push({ asked: number, beganAt, endedAt: this.#now });
	}
}
