using FirstDraft.Data;
using FirstDraft.Models;
using Microsoft.EntityFrameworkCore;

namespace FirstDraft.Services;

public class ReviewService(AppDbContext db)
{
    public async Task<ReviewListResponse> ListAsync(Guid productId)
    {
        var reviews = await db.Reviews.AsNoTracking().Include(review => review.User)
            .Where(review => review.ProductId == productId)
            .OrderBy(review => review.CreatedAt).ThenBy(review => review.Id)
            .ToListAsync();
        var items = reviews.Select(ReviewResponse.From).ToList();
        return new ReviewListResponse(items, Average(items));
    }

    public async Task<Review> CreateAsync(Guid productId, Guid userId, NewReviewRequest request)
    {
        var review = new Review { ProductId = productId, UserId = userId, Rating = request.Rating, Text = request.Text, Recommend = request.Recommend };
        db.Reviews.Add(review);
        await db.SaveChangesAsync();
        review.User = await db.Users.AsNoTracking().SingleAsync(user => user.Id == userId);
        return review;
    }

    public static double? Average(IReadOnlyCollection<ReviewResponse> reviews) =>
        reviews.Count == 0 ? null : Math.Round(reviews.Average(review => review.Rating), 1);
}
