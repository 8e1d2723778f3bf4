using FirstDraft.Data;
using FirstDraft.Models;
using FirstDraft.Services;
using FirstDraft.Tickets;
using Microsoft.EntityFrameworkCore;

namespace FirstDraft.Mended.Services;

public class AddressService(AppDbContext db)
{
    public Task<List<Address>> ListAsync(Guid userId, BoundedPage page) => db.Addresses.AsNoTracking().Where(address => address.UserId == userId)
        .OrderBy(address => address.CreatedAt).ThenBy(address => address.Id)
        .Skip(page.Offset).Take(page.Limit).ToListAsync();

    public async Task<Address> CreateAsync(Guid userId, NewAddressRequest request)
    {
        var address = new Address { UserId = userId, Street = request.Street, City = request.City, Floor = request.Floor, IsDefault = request.IsDefault };
        db.Addresses.Add(address);
        await db.SaveChangesAsync();
        return address;
    }

    public async Task<Address> UpdateAsync(Guid id, Guid userId, UpdateAddressRequest request)
    {
        var own = db.Addresses.Where(address => address.Id == id && address.UserId == userId);
        await own.ExecuteUpdateAsync(set => set
            .SetProperty(address => address.Street, address => request.Street ?? address.Street)
            .SetProperty(address => address.City, address => request.City ?? address.City)
            .SetProperty(address => address.Floor, address => request.Floor ?? address.Floor)
            .SetProperty(address => address.IsDefault, address => request.IsDefault ?? address.IsDefault));
        return await own.AsNoTracking().FirstOrDefaultAsync() ?? throw new ApiException(404, "Address not found");
    }
}
