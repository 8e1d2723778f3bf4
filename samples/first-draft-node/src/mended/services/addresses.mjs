import { HttpError } from '../../httpError.mjs';
import { createAddresses as createDraftAddresses } from '../../services/addresses.mjs';
import { isUuid } from '../../tickets/uuid.mjs';

export function createAddresses({ db }) {
  const addresses = createDraftAddresses({ db });
  return {
    ...addresses,

    async update(userId, addressId, change) {
      if (!isUuid(addressId)) throw new HttpError(404, 'Address not found');
      return addresses.update(userId, addressId, change);
    },
  };
}
