/** The label of a button, with a tick if it is the current choice. */
export const chosen = (isChosen: boolean, label: string): string => (isChosen ? `✓ ${label}` : label);
