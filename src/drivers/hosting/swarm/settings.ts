/** One machine of the Swarm, as Ranah reaches it. */
export type SwarmNodeAddress = {
  readonly host: string
  readonly port: number
  /** The pinned key of the machine in one line: `ssh-ed25519 AAAA...`. */
  readonly hostKey: string
}

export type SwarmSettings = {
  readonly nodes: readonly SwarmNodeAddress[]
  /** The id of the image with nginx (`sha256:...`) that the operator imported on one node. */
  readonly image: string
  /** Where visitors reach the edges. */
  readonly addresses: readonly string[]
  readonly webPort: number
  /** How many containers serve each site. */
  readonly replicas: number
  /** Memory of one container of a site. */
  readonly memoryMebibytes: number
}

export type SwarmSecret = { readonly privateKey: string }
