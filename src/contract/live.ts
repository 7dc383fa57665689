/** What keeps values up to date. */
export interface LiveOptions {
  /** Reads again when the person comes back to the page. Default `true`. */
  readonly onFocus?: boolean;
  /** Reads again when the network is back. Default `true`. */
  readonly onReconnect?: boolean;
  /** The time between two reads while the page can be seen. `false`: never. Default 30_000 ms. */
  readonly every?: number | false;
  /**
   * Shows at once what other tabs of the origin read and write. Tabs know each other by Authorization, Accept and the headers of the resource.
   * Where cookies or a hook say who is signed in, name the person: `tabs: user.id`. It takes the place of Authorization, which may differ
   * between two tabs of one person. `false` turns it off. Default `true`.
   */
  readonly tabs?: boolean | string;
}
