/** Where the tails begin in a ziggurat of 256 layers (G. Marsaglia, W. W. Tsang, "The Ziggurat Method for Generating Random Variables", 2000). */
export const EXPONENTIAL_TAIL = 7.69711747013104972;
export const NORMAL_TAIL = 3.6541528853610088;
