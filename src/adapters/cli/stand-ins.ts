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

/** How the local fal is to run alone. */
export interface FalSettings {
  /** 0: any free one. */
  readonly port: number;
  /** Where requests and files are kept; without one all is forgotten at the end. */
  readonly folder: string | undefined;
  /** The key that is taken; without it one is made up. */
  readonly key: string | undefined;
  /** Image endpoints beside those that are known. */
  readonly endpoints: readonly string[];
  /** The real fal is asked instead, with the account's `FAL_KEY`, and the shapes of its answers are kept there. */
  readonly record: string | undefined;
  /** What was recorded there is answered instead. */
  readonly replay: string | undefined;
}

/** What a program takes for fal's hosts. */
export interface RunningFal {
  readonly url: string;
  readonly queueUrl: string;
  readonly runUrl: string;
  readonly restUrl: string;
  readonly apiUrl: string;
  readonly key: string;
}

/** The stand-ins without the rest of the program, for developers of other bots. */
export interface StandIns {
  /**
   * Runs the local Telegram until it is told to stop.
   * @param started is called once it answers
   * @throws CannotListen, AlreadyRunning
   */
  telegram(settings: TelegramSettings, started: (telegram: RunningTelegram) => void): Promise<void>;
  /**
   * Runs the local fal until it is told to stop.
   * @param started is called once it answers
   * @throws CannotListen, AlreadyRunning, ConfigError
   */
  fal(settings: FalSettings, started: (fal: RunningFal) => void): Promise<void>;
}
