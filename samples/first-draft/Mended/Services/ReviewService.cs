using FirstDraft.Data;
using FirstDraft.Models;
using FirstDraft.Tickets;
using Microsoft.EntityFrameworkCore;

namespace FirstDraft.Mended.Services;

public record ReviewPage(List<ReviewResponse> Items, double? AverageRating, int Page, int Limit);

public class ReviewService(AppDbContext db)
{
    public async Task<ReviewPage> ListAsync(Guid productId, BoundedPage page)
    {
        var ofProduct = db.Reviews.AsNoTracking().Where(review => review.ProductId == productId);
        var reviews = await ofProduct.Include(review => review.User)
            .OrderBy(review => review.CreatedAt).ThenBy(review => review.Id)
            .Skip(page.Offset).Take(page.Limit).ToListAsync();
        var average = await ofProduct.AverageAsync(review => (double?)review.Rating);
        return new ReviewPage(reviews.Select(ReviewResponse.From).ToList(), average is { } value ? Math.Round(value, 1) : null, page.Page, page.Limit);
    }

    public async Task<Review> CreateAsync(Guid productId, Guid userId, NewReviewRequest request)
    {
        var review = new Review { ProductId = productId, UserId = userId, Rating = request.Rating, Text = request.Text, Recommend = request.Recommend };
        db.Reviews.Add(review);
        await db.SaveChangesAsync();
        review.User = await db.Users.AsNoTracking().SingleAsync(user => user.Id == userId);
        return review;
    }
}
