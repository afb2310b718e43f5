/** Points of the plane, each with a weight: how many people stand there. */
export interface Points {
	readonly x: Float64Array;
	readonly y: Float64Array;
	readonly weight: Float64Array;
}

export interface Clusters {
	/** as many as are left; a cluster that lost all its points is gone */
	readonly centres: Points;
	/** of each point: its cluster */
	readonly of: Int32Array;
}

/**
 * Weighted k-means (Lloyd): each point to the nearest centre, each centre to the weighted mean of its points, until no centre moves.
 * Of two centres equally near the first takes the point.
 * @param starting centres to begin with
 * @param rounds at most so many; cost of one O(points × centres)
 * @param still two rounds whose centres, in order of x and y, are less than this apart are the same
 */
export function kMeans(points: Points, starting: Omit<Points, 'weight'>, rounds: number, still: number): Clusters {
	const of = new Int32Array(points.x.length);
	let centres: Points = { ...starting, weight: new Float64Array(starting.x.length) };
	for (let round = 0; round < rounds; round++) {
		const before = centres;
		toNearest(points, before, of);
		centres = centresOf(points, of, before.x.length);
		if (isSame(before, centres, still)) break;
	}
	return { centres, of };
}

/** Sets the nearest centre of each point. */
export function toNearest({ x, y }: Omit<Points, 'weight'>, centres: Omit<Points, 'weight'>, of: Int32Array): void {
	const count = centres.x.length;
	for (let point = 0; point < x.length; point++) {
		const [left, up] = [x[point]!, y[point]!];
		let [nearest, least] = [0, Infinity];
		for (let centre = 0; centre < count; centre++) {
			const across = left - centres.x[centre]!;
			const down = up - centres.y[centre]!;
			const distance = across * across + down * down;
			if (distance < least) {
				least = distance;
				nearest = centre;
			}
		}
		of[point] = nearest;
	}
}

/** Means of the points of each cluster; clusters without points are dropped and `of` renumbered. */
function centresOf(points: Points, of: Int32Array, count: number): Points {
	const [x, y, weight] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
	for (let point = 0; point < of.length; point++) {
		const cluster = of[point]!;
		const heavy = points.weight[point]!;
		x[cluster]! += heavy * points.x[point]!;
		y[cluster]! += heavy * points.y[point]!;
		weight[cluster]! += heavy;
	}
	const number = new Int32Array(count);
	let left = 0;
	for (let cluster = 0; cluster < count; cluster++) {
		if (weight[cluster]! === 0) continue;
		x[left] = x[cluster]! / weight[cluster]!;
		y[left] = y[cluster]! / weight[cluster]!;
		weight[left] = weight[cluster]!;
		number[cluster] = left;
		left += 1;
	}
	if (left < count) for (let point = 0; point < of.length; point++) of[point] = number[of[point]!]!;
	return { x: x.slice(0, left), y: y.slice(0, left), weight: weight.slice(0, left) };
}

function isSame(before: Points, after: Points, still: number): boolean {
	const [ones, others] = [inOrder(before), inOrder(after)];
	for (let at = 0; at < Math.min(ones.length, others.length); at++) {
		const [one, other] = [ones[at]!, others[at]!];
		if (Math.hypot(before.x[one]! - after.x[other]!, before.y[one]! - after.y[other]!) >= still) return false;
	}
	return true;
}

function inOrder({ x, y }: Points): number[] {
	return [...x.keys()].sort((one, other) => x[one]! - x[other]! || y[one]! - y[other]!);
}
