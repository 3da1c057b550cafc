/** How the local Telegram is to run alone. What is missing is made up at each start. */
export interface TelegramSettings {
  /** 0: any free one. */
  readonly port: number;
  /** Where chats and the token are kept; without one all is forgotten at the end. */
  readonly folder: string | undefined;
  readonly token: string | undefined;
  /** The bot's username, without `@`. */
  readonly username: string | undefined;
}

export interface RunningTelegram {
  /** What a bot takes for `https://api.telegram.org`. */
  readonly url: string;
  readonly token: string;
  /** Of the web chat. */
  readonly chat: string;
  readonly username: string;
}

/** The stand-ins without the rest of the program, for developers of other bots. */
export interface StandIns {
  /**
   * Runs the local Telegram until it is told to stop.
   * @param started is called once it answers
   * @throws CannotListen, AlreadyRunning
   */
  telegram(settings: TelegramSettings, started: (telegram: RunningTelegram) => void): Promise<void>;
}
