/** SHA-256 of what the theorems say; written by `npm run proofs`. */
export const libraryDigest = '5d58f54e42b93c073ec0062ac8a14140cd5e6d032fd1a125affb0c8196e35f67';
