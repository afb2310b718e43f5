/** What is left of a round: "12:05"; once its time is over, how long ago that was: "+0:30". */
export function remaining(endsAt: string, now: number): { shown: string; minutes: number; isOver: boolean } {
	const ms = Date.parse(endsAt) - now;
	const isOver = ms <= 0;
	// a timer shows the last second until it is over, and 0:00 then
	const seconds = isOver ? Math.floor(-ms / 1000) : Math.ceil(ms / 1000);
	const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
	return {
		shown: `${isOver && seconds > 0 ? '+' : ''}${minutes}:${String(rest).padStart(2, '0')}`,
		minutes: isOver ? 0 : Math.ceil(seconds / 60),
		isOver
	};
}
